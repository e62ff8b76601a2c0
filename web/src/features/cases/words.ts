// The enumerations of the server's document that pages list in full. A word that the document lost fails to compile.
import type { Schema } from '@/shared/api';

export { closedStates, states } from '@/shared/words';

export const relations = [
  'self', 'spouse', 'child', 'adopted_child', 'stepchild', 'parent', 'adoptive_parent', 'stepparent', 'grandparent', 'grandchild',
  'sibling', 'child_in_law', 'parent_in_law', 'other',
] as const satisfies readonly Schema<'Relation'>[];

export const obligorRelations = [
  'child', 'adopted_child', 'stepchild', 'spouse', 'parent', 'adoptive_parent', 'stepparent', 'grandchild', 'grandparent',
  'elder_sibling', 'younger_sibling', 'child_in_law', 'child_adopted_away', 'birth_parent_of_adopted_away', 'other_relation',
] as const satisfies readonly Schema<'ObligorRelation'>[];

export const registrationClasses = ['unified', 'agricultural', 'non_agricultural'] as const satisfies readonly Schema<'RegistrationClass'>[];

export const personStates = [
  'conscript', 'in_prison', 'serving_outside_prison', 'in_compulsory_drug_treatment', 'declared_missing', 'destitute_support_recipient',
  'religious_staff_away', 'religious_staff_in_venue', 'in_reeducation_through_labour', 'deceased',
] as const satisfies readonly Schema<'PersonState'>[];

export const studyLevels = [
  'primary', 'junior_secondary', 'senior_secondary', 'vocational', 'junior_college', 'bachelor', 'master', 'doctor',
] as const satisfies readonly Schema<'StudyLevel'>[];

export const disabilityClasses = [
  'visual', 'hearing', 'speech', 'limb', 'intellectual', 'mental', 'multiple',
] as const satisfies readonly Schema<'DisabilityClass'>[];

export const labourCapacities = ['full', 'partial', 'none'] as const satisfies readonly Schema<'LabourCapacity'>[];

export const incomeKinds = [
  'wages', 'bonus', 'labour_dividend', 'allowance', 'imputed_wage', 'farming', 'business', 'interest', 'dividend', 'collective_dividend',
  'rent', 'land_transfer_rent', 'asset_sale', 'support_received', 'retirement_pension', 'resident_basic_pension', 'old_age_allowance',
  'unemployment_benefit', 'survivors_aid', 'compensation', 'gift', 'inheritance', 'social_relief', 'preferential_pension',
  'birth_planning_reward', 'scholarship', 'bravery_award', 'other_income',
] as const satisfies readonly Schema<'IncomeKind'>[];

export const incomePeriods = ['month', 'year', 'once'] as const satisfies readonly Schema<'IncomePeriod'>[];

export const deductionKinds = [
  'income_tax', 'social_insurance', 'job_cost', 'business_cost', 'depreciation', 'production_tax', 'property_cost', 'support_paid',
  'other_transfer_paid', 'illness_cost', 'disability_cost',
] as const satisfies readonly Schema<'DeductionKind'>[];

export const assetClasses = [
  'deposit', 'cash', 'security', 'fund', 'commercial_insurance', 'internet_finance', 'claim', 'vehicle', 'vessel', 'house',
  'commercial_premises', 'trees', 'machinery', 'other_asset',
] as const satisfies readonly Schema<'AssetClass'>[];

export const assetUses = [
  'ordinary', 'disability_aid', 'production_necessity', 'living_necessity', 'only_home', 'commercial',
] as const satisfies readonly Schema<'AssetUse'>[];

/** GB/T 4761 without "household head", which is no relation to a person. */
export const kinshipCodes = [
  '01', '10', '11', '12', '20', '21', '22', '23', '24', '25', '26', '27', '28', '29', '30', '31', '32', '33', '34', '35', '36', '37', '38',
  '39', '40', '41', '42', '43', '44', '45', '46', '47', '48', '49', '50', '51', '52', '53', '54', '55', '56', '57', '58', '59', '60', '61',
  '62', '63', '64', '65', '66', '67', '68', '69', '70', '71', '72', '73', '74', '75', '76', '77', '78', '79', '80', '81', '82', '83', '84',
  '85', '86', '87', '88', '89', '90', '91', '92', '93', '94', '95', '96', '97', '99',
] as const;
