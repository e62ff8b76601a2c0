// What a feature gives to the shell. Its pages are loaded when they are opened.
import type { Component } from 'vue';
import type { RouteRecordRaw } from 'vue-router';
import type { Schema } from './api';

type Permission = Schema<'Permission'>;

export interface NavigationEntry {
  /** Name of the route. */
  to: string;
  /** Key of the text. */
  text: string;
  /** Shown only to those who may (of several, one is enough); absent: to everybody who is signed in. */
  permission?: Permission | readonly Permission[];
  /** Only for roles that see a whole county or more. */
  wholeCounty?: boolean;
  icon: Component;
  /** Smaller numbers stand higher. */
  order: number;
}

export interface Feature {
  routes: RouteRecordRaw[];
  navigation: NavigationEntry[];
}

declare module 'vue-router' {
  interface RouteMeta {
    /** May be opened without signing in. */
    public?: boolean;
    permission?: Permission | readonly Permission[];
    /** Shown without the frame (login). */
    bare?: boolean;
  }
}
